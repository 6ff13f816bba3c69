// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps in force what the files in {@code etc/} say, takes the bundles in {@code deploy/}, and
 * tells in one line each what becomes of them.
 */
@NullMarked
package io.jobyard.deploy;

import org.jspecify.annotations.NullMarked;
