// SPDX-License-Identifier: Apache-2.0
/** Tells in one line each what becomes of the files that File Install finds. */
@NullMarked
package io.jobyard.deploy;

import org.jspecify.annotations.NullMarked;
