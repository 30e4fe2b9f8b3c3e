/** What people see of campaigns, live, and what operators do with them. */
@NullMarked
package dev.labelloop.worker.web.dashboard;

import org.jspecify.annotations.NullMarked;
