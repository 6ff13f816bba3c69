// SPDX-License-Identifier: Apache-2.0
/** Creates jobs at scheduled times, exactly one for each time of a schedule. */
@org.jspecify.annotations.NullMarked
package io.jobyard.schedules;
