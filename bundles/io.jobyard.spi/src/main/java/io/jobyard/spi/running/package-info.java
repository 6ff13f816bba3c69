// SPDX-License-Identifier: Apache-2.0
/** Runs on this host, and the decision what their ends mean for their jobs. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.running;
