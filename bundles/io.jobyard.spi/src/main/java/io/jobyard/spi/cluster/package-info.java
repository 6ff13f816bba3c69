// SPDX-License-Identifier: Apache-2.0
/** Hosts that share a database: their leases, offers and notices. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.cluster;
