// SPDX-License-Identifier: Apache-2.0
/** What a job keeps from one run to the next: steps, waits, signals, and its stream. Unstable: between the bundles of the host. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.2.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.api.spi.working;
