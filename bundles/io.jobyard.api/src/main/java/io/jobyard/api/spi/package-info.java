// SPDX-License-Identifier: Apache-2.0
/**
 * How the host's own bundles meet: the store, the queue, the scheduler and the workers, each replaceable by another
 * bundle that offers the same service. Unstable: nobody else should build on it.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.api.spi;
