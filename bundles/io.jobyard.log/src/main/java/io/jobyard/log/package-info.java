// SPDX-License-Identifier: Apache-2.0
/** Converters for the patterns in {@code etc/logback.xml} that keep untrusted text on its line. */
@org.jspecify.annotations.NullMarked
package io.jobyard.log;
