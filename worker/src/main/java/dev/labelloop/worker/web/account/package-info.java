/** Who is let in: logging in and out, accounts, tokens, and who has changed what. */
@NullMarked
package dev.labelloop.worker.web.account;

import org.jspecify.annotations.NullMarked;
