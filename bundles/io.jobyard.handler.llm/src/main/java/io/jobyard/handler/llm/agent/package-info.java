@org.jspecify.annotations.NullMarked
package io.jobyard.handler.llm.agent;
