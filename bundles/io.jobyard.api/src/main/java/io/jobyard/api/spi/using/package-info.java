// SPDX-License-Identifier: Apache-2.0
/** What runs have used of units, as the store keeps it. Unstable: between the bundles of the host. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.2.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.api.spi.using;
