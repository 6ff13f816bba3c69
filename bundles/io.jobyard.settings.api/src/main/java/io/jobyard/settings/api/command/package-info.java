// SPDX-License-Identifier: Apache-2.0
/** Execution of shell commands for remote callers, and the frames in which commands and their output are sent. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.settings.api.command;
