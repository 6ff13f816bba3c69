// SPDX-License-Identifier: Apache-2.0
/** Keeps in force what the files in {@code etc/} say, and tells in one line each what becomes of those in {@code deploy/}. */
@NullMarked
package io.jobyard.deploy;

import org.jspecify.annotations.NullMarked;
