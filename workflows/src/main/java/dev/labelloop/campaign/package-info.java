/** The campaign: the loop over the eight stages. */
@NullMarked
package dev.labelloop.campaign;

import org.jspecify.annotations.NullMarked;
