// SPDX-License-Identifier: Apache-2.0
/** Text for users: safe to show, with one format of times, and with hints for misspelled names. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.text;
