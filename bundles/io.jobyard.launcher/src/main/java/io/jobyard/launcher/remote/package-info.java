// SPDX-License-Identifier: Apache-2.0
/** Commands that are done by a host elsewhere, over HTTP. */
@NullMarked
package io.jobyard.launcher.remote;

import org.jspecify.annotations.NullMarked;
