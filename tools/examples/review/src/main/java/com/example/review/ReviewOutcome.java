// SPDX-License-Identifier: Apache-2.0
package com.example.review;

/** Summary of a page, and whether it was approved in time. */
public record ReviewOutcome(String summary, boolean approved) {}
