// SPDX-License-Identifier: Apache-2.0
/** Replacement of model providers for tests: scripted answers, scripted faults, and a record of charges. */
@org.jspecify.annotations.NullMarked
package io.jobyard.modelserver;
