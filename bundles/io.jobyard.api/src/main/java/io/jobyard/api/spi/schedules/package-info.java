// SPDX-License-Identifier: Apache-2.0
/** Schedules as the store keeps them, and how their jobs are admitted. Unstable: between the bundles of the host. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.2.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.api.spi.schedules;
