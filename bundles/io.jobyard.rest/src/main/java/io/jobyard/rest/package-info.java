// SPDX-License-Identifier: Apache-2.0
/** The host by HTTP: requests and answers in JSON, and events as they come. */
@org.jspecify.annotations.NullMarked
package io.jobyard.rest;
