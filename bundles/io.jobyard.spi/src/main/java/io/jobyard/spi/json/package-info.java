// SPDX-License-Identifier: Apache-2.0
/** JSON texts that survive the way into the database and back. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.json;
