// SPDX-License-Identifier: Apache-2.0
/** The commands of scope job, and the local admin socket. */
@org.jspecify.annotations.NullMarked
package io.jobyard.shell;
