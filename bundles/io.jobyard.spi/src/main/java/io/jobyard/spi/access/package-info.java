// SPDX-License-Identifier: Apache-2.0
/** Callers, the permission that each operation requires, and the check of permissions. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.access;
