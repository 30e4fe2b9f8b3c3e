/** Who may do what: people with their roles, and what each has changed. */
@NullMarked
package dev.labelloop.activities.account;

import org.jspecify.annotations.NullMarked;
