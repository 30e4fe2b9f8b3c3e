/** The report of a campaign: one self-contained HTML file. */
@NullMarked
package dev.labelloop.worker.report;

import org.jspecify.annotations.NullMarked;
