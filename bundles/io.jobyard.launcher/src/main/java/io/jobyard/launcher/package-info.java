// SPDX-License-Identifier: Apache-2.0
/** Program of {@code bin/jobyard}: starts the framework, and communicates with a running host. */
@NullMarked
package io.jobyard.launcher;

import org.jspecify.annotations.NullMarked;
