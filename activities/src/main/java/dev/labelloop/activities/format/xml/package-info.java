/** The one home of XML: reading without declarations and entities, writing. */
@NullMarked
package dev.labelloop.activities.format.xml;

import org.jspecify.annotations.NullMarked;
