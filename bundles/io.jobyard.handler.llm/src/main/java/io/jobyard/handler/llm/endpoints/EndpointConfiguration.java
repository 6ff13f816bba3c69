// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.endpoints;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A model endpoint. {@code price.MODEL} and {@code cheaper.MODEL} exist once per model. */
@ObjectClassDefinition(
        name = "Jobyard model endpoint",
        description =
                "A model provider for the types chat_completion, embed_texts, summarize_documents and llm_agent; one file per"
                        + " endpoint: etc/io.jobyard.llm.endpoints-NAME.cfg. MODEL is one of models.")
@interface EndpointConfiguration {

    @AttributeDefinition(
            name = "url",
            description =
                    "Base URL, for example https://api.openai.com/v1 or https://api.anthropic.com/v1; http is allowed only for"
                            + " this machine. Required.")
    String url();

    @AttributeDefinition(
            name = "wire",
            description = "Protocol: openai (also used by most servers of open models) or anthropic. Required.")
    String wire();

    @AttributeDefinition(
            name = "secret",
            description =
                    "Name of the secret that holds the API key. A policy (io.jobyard.secrets-NAME) must allow it for the job type and"
                            + " for the bundle io.jobyard.handler.llm. Default: no key is sent.",
            required = false)
    String secret() default "";

    @AttributeDefinition(
            name = "models",
            description =
                    "Models that jobs may name, separated by commas; NAME=OTHER for a model that the provider calls"
                            + " OTHER. Required.")
    String models();

    @AttributeDefinition(
            name = "price.MODEL",
            description = "Price of a model in usd per million tokens: input/output or input/output/cached, for example"
                    + " 2.5/10/1.25. Default: costs are not counted.",
            required = false)
    String price_MODEL() default "";

    @AttributeDefinition(
            name = "cheaper.MODEL",
            description =
                    "Cheaper model of the list models, used in place of MODEL while a usd budget of the job's submitter"
                            + " is above its warning threshold.",
            required = false)
    String cheaper_MODEL() default "";

    @AttributeDefinition(
            name = "fallbacks",
            description =
                    "Other endpoints to try, in order, when this endpoint is unreachable, answers 5xx or refuses a"
                            + " call. Each of them must serve a model of the same name.",
            required = false)
    String fallbacks() default "";

    @AttributeDefinition(
            name = "timeout.seconds",
            description = "Seconds to wait for the first byte of a response.",
            min = "1",
            max = "3600")
    int timeout_seconds() default 60;

    @AttributeDefinition(
            name = "idle.seconds",
            description = "Maximum seconds between two bytes of a response.",
            min = "1",
            max = "3600")
    int idle_seconds() default 60;

    @AttributeDefinition(
            name = "max.answer.bytes",
            description = "Maximum size of an answer in bytes. For a streamed answer, the size of its text counts;"
                    + " otherwise, the size of the response body counts.",
            min = "1024",
            max = "67108864")
    int max_answer_bytes() default 4_194_304;

    @AttributeDefinition(
            name = "max.tokens",
            description = "Maximum number of tokens of an answer if the job does not set one.",
            min = "1",
            max = "1000000")
    int max_tokens() default 4_096;

    @AttributeDefinition(
            name = "max.tokens.field",
            description = "Name of the maximum-tokens field for wire openai: max_completion_tokens, or max_tokens for"
                    + " servers that support only max_tokens.",
            required = false)
    String max_tokens_field() default "max_completion_tokens";
}
