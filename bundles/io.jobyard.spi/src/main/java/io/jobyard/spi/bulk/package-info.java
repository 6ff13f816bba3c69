// SPDX-License-Identifier: Apache-2.0
/** Bulk operations, stored so that they survive a restart. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.bulk;
