// SPDX-License-Identifier: Apache-2.0
/** Applies the files in {@code etc/}, deploys the bundles in {@code deploy/}, and logs each result in one line. */
@NullMarked
package io.jobyard.deploy;

import org.jspecify.annotations.NullMarked;
