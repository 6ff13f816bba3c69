// SPDX-License-Identifier: Apache-2.0
/** JSON texts that keep their value in the database. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.json;
