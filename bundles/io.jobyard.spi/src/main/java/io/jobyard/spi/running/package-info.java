// SPDX-License-Identifier: Apache-2.0
/** Runs on this host, and decisions at their end. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.running;
