// SPDX-License-Identifier: Apache-2.0
/** What runs used, summed and stored. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.usage;
