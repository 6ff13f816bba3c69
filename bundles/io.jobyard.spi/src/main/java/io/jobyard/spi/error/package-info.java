// SPDX-License-Identifier: Apache-2.0
/** The kinds of errors that every interface reports. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.1.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.error;
