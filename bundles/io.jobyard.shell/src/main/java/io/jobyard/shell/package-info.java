// SPDX-License-Identifier: Apache-2.0
/** Commands of scope {@code job}, and the local admin socket. */
@org.jspecify.annotations.NullMarked
package io.jobyard.shell;
