// SPDX-License-Identifier: Apache-2.0
/** The store as the scheduler, the queue and the workers see it: jobs come in, start, change and end here. Unstable: between the bundles of the host. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.2.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.api.spi.scheduling;
