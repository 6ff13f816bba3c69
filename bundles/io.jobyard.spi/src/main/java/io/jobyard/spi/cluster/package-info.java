// SPDX-License-Identifier: Apache-2.0
/** Hosts that share a database: their leases, what they offer, and what they send each other. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.cluster;
