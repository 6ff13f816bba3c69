// SPDX-License-Identifier: Apache-2.0
/** Words for the patterns of {@code etc/logback.xml} that keep the text of others in its line. */
@org.jspecify.annotations.NullMarked
package io.jobyard.log;
