// SPDX-License-Identifier: Apache-2.0
/** The hosts of one database, and what each of them offers. Unstable: between the bundles of the host. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.2.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.api.spi.hosting;
