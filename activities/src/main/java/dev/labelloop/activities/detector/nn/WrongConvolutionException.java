package dev.labelloop.activities.detector.nn;

import java.util.Locale;

/** This machine computes a convolution wrongly: nothing it trains or predicts can be trusted. */
public final class WrongConvolutionException extends RuntimeException {
  WrongConvolutionException(ConvolutionSelfCheck.Site site, String what, double difference) {
    super(
        String.format(
            Locale.ROOT,
            "this machine computes a convolution wrongly: %s: the %s in float32 differs from float64"
                + " by %.3g of the largest value. Models would be garbage here: set"
                + " ONEDNN_MAX_CPU_ISA=AVX2 in the environment, or use another machine",
            site,
            what,
            difference));
  }
}
