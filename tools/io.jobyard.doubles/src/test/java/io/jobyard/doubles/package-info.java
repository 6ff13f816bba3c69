// SPDX-License-Identifier: Apache-2.0
/**
 * Doubles of the services by which the bundles meet. A test sets what they answer, reads what they were asked, and is told
 * when they are asked what it has not set.
 */
@NullMarked
package io.jobyard.doubles;

import org.jspecify.annotations.NullMarked;
