// SPDX-License-Identifier: Apache-2.0
/** How a command of the shell is run for a caller elsewhere, and the frames in which it and its output are sent. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.settings.api.command;
