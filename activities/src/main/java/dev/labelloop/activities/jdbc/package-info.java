/** The one door to PostgreSQL: pool, transactions, COPY, migrations. */
@NullMarked
package dev.labelloop.activities.jdbc;

import org.jspecify.annotations.NullMarked;
