// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.endpoints;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where models are. {@code price.MODEL} and {@code cheaper.MODEL} are one for each model. */
@ObjectClassDefinition(
        name = "Jobyard endpoint of models",
        description =
                "Where the types chat_completion, embed_texts, summarize_documents and llm_agent find models; a file for each"
                        + " endpoint: etc/io.jobyard.llm.endpoints-NAME.cfg. MODEL is one of models.")
@interface EndpointConfiguration {

    @AttributeDefinition(
            name = "url",
            description =
                    "Its address, such as https://api.openai.com/v1 or https://api.anthropic.com/v1; http only for"
                            + " this machine. Required.")
    String url();

    @AttributeDefinition(
            name = "wire",
            description = "How it is spoken to: openai (also most servers of open models) or anthropic. Required.")
    String wire();

    @AttributeDefinition(
            name = "secret",
            description =
                    "The name of the secret that is its key; a policy (io.jobyard.secrets-NAME) must let the type and the"
                            + " bundle io.jobyard.handler.llm have it. No key is sent if left out.",
            required = false)
    String secret() default "";

    @AttributeDefinition(
            name = "models",
            description =
                    "The models that jobs may name, with commas between them; NAME=OTHER for one that the provider calls"
                            + " OTHER. Required.")
    String models();

    @AttributeDefinition(
            name = "price.MODEL",
            description = "What a model costs in usd for a million tokens: input/output or input/output/cached, such as"
                    + " 2.5/10/1.25. No money is counted if left out.",
            required = false)
    String price_MODEL() default "";

    @AttributeDefinition(
            name = "cheaper.MODEL",
            description =
                    "Another one of models, which is asked in place of MODEL while a budget of usd of the job's submitter"
                            + " is past its warning threshold.",
            required = false)
    String cheaper_MODEL() default "";

    @AttributeDefinition(
            name = "fallbacks",
            description =
                    "Other endpoints that are asked in its place, in order, when it cannot be reached, answers 5xx or turns"
                            + " a call away; those that serve a model of the same name.",
            required = false)
    String fallbacks() default "";

    @AttributeDefinition(
            name = "timeout.seconds",
            description = "Seconds until the first byte of an answer.",
            min = "1",
            max = "3600")
    int timeout_seconds() default 60;

    @AttributeDefinition(
            name = "idle.seconds",
            description = "Seconds between two bytes of an answer.",
            min = "1",
            max = "3600")
    int idle_seconds() default 60;

    @AttributeDefinition(
            name = "max.answer.bytes",
            description =
                    "Bytes that an answer may have: the text of one that comes in pieces, the body of one that comes whole.",
            min = "1024",
            max = "67108864")
    int max_answer_bytes() default 4_194_304;

    @AttributeDefinition(
            name = "max.tokens",
            description = "Tokens that an answer may have if the job does not say.",
            min = "1",
            max = "1000000")
    int max_tokens() default 4_096;

    @AttributeDefinition(
            name = "max.tokens.field",
            description =
                    "What a server of the wire openai calls that number: max_completion_tokens, or max_tokens for one that"
                            + " knows only this.",
            required = false)
    String max_tokens_field() default "max_completion_tokens";
}
