// SPDX-License-Identifier: Apache-2.0
/** What the settings of every PID must do: extend {@link io.jobyard.testkit.settings.SettingsConformance}. Not exported. */
@org.jspecify.annotations.NullMarked
package io.jobyard.testkit.settings;
