// SPDX-License-Identifier: Apache-2.0
/**
 * Contracts between the bundles of the host. Each contract is a service that another bundle may offer instead.
 * Unstable: applications and handlers use {@code io.jobyard.api}. Services of this bundle are safe for use by several threads.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi;
