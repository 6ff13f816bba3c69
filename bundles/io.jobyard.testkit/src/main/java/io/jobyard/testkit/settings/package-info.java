// SPDX-License-Identifier: Apache-2.0
/** Contract of the settings of every PID: extend {@link io.jobyard.testkit.settings.SettingsConformance}. Not exported. */
@org.jspecify.annotations.NullMarked
package io.jobyard.testkit.settings;
