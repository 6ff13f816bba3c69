// SPDX-License-Identifier: Apache-2.0
/** Text for people: safe to show, with one form of times, and with names that are close to what was typed. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("0.3.0")
@org.jspecify.annotations.NullMarked
package io.jobyard.spi.text;
