/**
 * Measures Flaremail against SMTP and another HTTP transport: {@link io.flaremail.benchmark.Benchmark} starts servers and
 * clients in processes of their own and compares what they say. Only ratios of figures of one run mean anything.
 */
package io.flaremail.benchmark;
