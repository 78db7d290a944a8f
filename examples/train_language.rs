//! Trains a language model from treebanks and measures it: `train_language -o model.bin TRAIN.conllu… [-- TEST.conllu…]`.

use std::borrow::Cow;
use std::error::Error;
use std::time::Instant;

use attache::language::{Model, TrainOptions, TreebankSet, WordVectors, evaluate, train};

/// Word vectors kept.
const VECTORS: usize = 80_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut options = TrainOptions::default();
    let (mut output, mut training, mut testing, mut rest) = (None, TreebankSet::new(), Vec::new(), false);
    let mut arguments = std::env::args().skip(1);
    let (mut only_eval, mut vectors) = (false, WordVectors::new());
    while let Some(argument) = arguments.next() {
        let mut number =
            || -> Result<usize, Box<dyn Error>> { Ok(arguments.next().ok_or("a number is missing")?.parse()?) };
        match argument.as_str() {
            "--vectors" => {
                let file = arguments.next().ok_or("a file is missing")?;
                vectors = WordVectors::read(&std::fs::read_to_string(file)?, VECTORS)?;
            }
            "-o" => output = arguments.next(),
            "--" => rest = true,
            "--eval" => (only_eval, rest) = (true, true),
            "--epochs" => options.parser_epochs = number()?,
            "--folds" => options.folds = number()?,
            "--tagger" => options.tagger_features = number()?,
            "--tagger-epochs" => options.tagger_epochs = number()?,
            file if rest => testing.push(file.to_owned()),
            file => training.add(file, &std::fs::read_to_string(file)?)?,
        }
    }
    let output = output.ok_or("say -o MODEL")?;
    if !only_eval {
        let clock = Instant::now();
        let bytes = train(&training, &vectors, &options, &mut |step| {
            eprintln!("{:6.1} s {step:?}", clock.elapsed().as_secs_f64())
        });
        std::fs::write(&output, &bytes)?;
    }
    let bytes = std::fs::read(&output)?;
    println!("{output}: {} bytes", bytes.len());
    let model = Model::from_bytes(Cow::Owned(bytes))?;
    for file in testing {
        let mut set = TreebankSet::new();
        set.add(&file, &std::fs::read_to_string(&file)?)?;
        println!("\n{file}\n{}", evaluate(&model, set.sentences()));
    }
    Ok(())
}
