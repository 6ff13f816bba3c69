// SPDX-License-Identifier: Apache-2.0
/** HTTP interface of the host: requests and answers in JSON, and event streams. */
@org.jspecify.annotations.NullMarked
package io.jobyard.rest;
